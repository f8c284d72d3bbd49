/* The shows, one a line. */
SHOW(blocks)
SHOW(tokens)
SHOW(names)
SHOW(facts)
SHOW(references)
SHOW(tree)
SHOW(actors)
