/* Single keys from a terminal, lines from anything else. */
#ifndef ANNALS_CLI_KEYBOARD_H
#define ANNALS_CLI_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>

/* Standard input is read key by key where it and standard output are terminals; the terminal is as
 * it was after keyboard_end, and after any signal that ends or stops the process. */
void keyboard_begin(void);
void keyboard_end(void);
bool keyboard_is_terminal(void);

/* The next key, or the first letter of the next line; 0 at the end of the input. */
int keyboard_key(void);

/* A line of text without its newline: in a pipe what stands behind the key in its line, else the
 * next line typed after `prompt`. False at the end of the input. */
bool keyboard_line(const char *prompt, char *text, size_t size);

#endif
