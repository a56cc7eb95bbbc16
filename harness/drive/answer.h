// What a person who drives can ask for, read from the line that was typed.
#ifndef INTERLEAVE_DRIVE_ANSWER_H
#define INTERLEAVE_DRIVE_ANSWER_H

#include <stdbool.h>

enum wish {
    WISH_MOVE,
    WISH_NOTHING, // an empty line
    WISH_UNDO,
    WISH_SAVE,
    WISH_RESTART,
    WISH_EACH,
    WISH_LINES,
    WISH_OUTPUT,
    WISH_ON,
    WISH_HELP,
    WISH_QUIT,
    WISH_UNKNOWN,
};

struct request {
    enum wish wish;
    int thread;
    char way;            // 't' by its time-out, 's' without a cause, 0 as usual
    unsigned times;      // how often, or how many; 0: not said
    const char *operand; // what stands behind the letter, borrowed from the line; "": nothing
};

enum { TIMES_MOST = 1000000 }; // also what "as long as it can" stands for

struct request request_read(const char *line);
extern const char request_help[]; // a line for each

#endif
