// What a person who drives sees: the last operations, and what every thread is about to do. It fits into
// the terminal, however small that is, by leaving out what matters least.
#ifndef INTERLEAVE_SCREEN_H
#define INTERLEAVE_SCREEN_H

#include "../report/paint.h"
#include "machine.h"

struct screen {
    struct painter painter;
    int rows;        // of the terminal; 0: it is none
    bool many_files; // places need the name of their file
};

// For standard output as it is now.
struct screen screen_new(const struct program *program);
// Draws the position, the threads only if one of them is to move, below `goal` and above `note` (sentences, may be NULL).
void screen_draw(const struct screen *screen, const struct position *position, bool asks,
                 const char *goal, const char *note);
// The last `count` operations.
void screen_history(const struct screen *screen, const struct position *position, size_t count);
// A sentence or more, wrapped. NULL: nothing.
void screen_say(const struct screen *screen, enum paint paint, const char *sentence);

// "waits for `a.lock`, which T2 has held since :31"; why the thread cannot go on. Owned by the caller.
char *screen_wait(const json_t *thread);

#endif
