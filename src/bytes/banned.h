/* Calls that may not stand in annals; included before every source. */
#ifndef ANNALS_BYTES_BANNED_H
#define ANNALS_BYTES_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* They cannot be bounded, */
#pragma GCC poison gets strcpy strcat sprintf vsprintf strtok
/* depend on the locale or on hidden state, */
#pragma GCC poison setlocale localtime gmtime ctime asctime rand srand
/* or run a shell. */
#pragma GCC poison system popen

#endif
