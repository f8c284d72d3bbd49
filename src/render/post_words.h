/* Which post the words around an appointment name: "named X defence minister" says that of X. */
#ifndef ANNALS_RENDER_POST_WORDS_H
#define ANNALS_RENDER_POST_WORDS_H

#include "dictionary/table.h"

/* What a sentence tells of somebody and a post. */
enum post_change { POST_APPOINTED, POST_LEFT };

/* Where the words stand in a sentence. `actor` is NULL where the person's words are not in it. */
struct post_words {
    const char *sentence;
    const char *trigger, *trigger_end;
    const char *actor, *actor_end;
};

/* The post (the column `post` of `roles`, dictionaries/en/roles.tsv) that the words give the
 * person, or NULL. "Minister X appointed" says nothing of the new post, so that what stands before
 * a name counts only where somebody leaves. */
const char *post_words_find(const struct table *roles, const struct post_words *words,
                            enum post_change change);

#endif
