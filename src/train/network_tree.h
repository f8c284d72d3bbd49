/* The tree's part of the grammar network: scores of arcs and relations. */
#ifndef ANNALS_TRAIN_NETWORK_TREE_H
#define ANNALS_TRAIN_NETWORK_TREE_H

#include "train/network.h"

/* Scale of each affix in a word's vector. */
#define EMBED_AFFIX_SCALE 0.4f

/* In training turns the tree's columns of `top`[rows][width] into their slopes and adds losses;
 * else writes heads and relations into the answers. */
void network_tree(struct pass *pass, float *top, const struct top_columns *columns);

/* Cross entropy of scores[count] (of `width` columns): turns them into their slope times `weight`;
 * returns the loss. */
double network_loss(float *scores, size_t count, size_t width, size_t gold, float weight);

#endif
