/* The shows, one a line. */
SHOW(blocks)
SHOW(tokens)
SHOW(names)
SHOW(facts)
SHOW(tree)
SHOW(actors)
