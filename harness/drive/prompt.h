// Lines that a person types, or a file gives. The terminal is left as it is: it edits the line, and no
// signal can leave it in a strange state.
#ifndef INTERLEAVE_PROMPT_H
#define INTERLEAVE_PROMPT_H

#include "../text.h"

enum answer {
    ANSWER_LINE,
    ANSWER_END,     // of the input
    ANSWER_REDRAW,  // the terminal has another size, or the process was stopped and goes on
    ANSWER_STOPPED, // by the signal that prompt_signal gives
};

// From here on until prompt_close, signals end the wait for a line and not the process. To be called
// again after something else has listened to them.
void prompt_open(void);
void prompt_close(void);
// Reads a line into `line`, without its end; a longer one than a person types is cut off.
enum answer prompt_read(struct text *line);
int prompt_signal(void);

#endif
