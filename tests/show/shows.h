/* The shows, one a line. */
SHOW(blocks)
SHOW(tokens)
SHOW(names)
SHOW(facts)
SHOW(published)
SHOW(tree)
SHOW(actors)
