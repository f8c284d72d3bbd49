/* The shows, one a line. */
SHOW(blocks)
SHOW(tokens)
SHOW(quantities)
SHOW(times)
SHOW(names)
SHOW(facts)
SHOW(tree)
