/* The shows, one a line. */
SHOW(blocks)
SHOW(tokens)
SHOW(facts)
SHOW(actors)
