/* The shows, one a line. */
SHOW(blocks)
SHOW(tokens)
SHOW(tree)
SHOW(facts)
