// The terminal while a watch has it: keys come one by one, and what is drawn stands on a screen of its own that
// is gone afterwards, however the process ends. Without cursor movement (TERM=dumb) it is written line by line.
#ifndef INTERLEAVE_TERMINAL_H
#define INTERLEAVE_TERMINAL_H

#include "../text.h"

#include <uv.h>

enum { // keys beyond the characters
    KEY_UP = 0x200000,
    KEY_DOWN,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_ESCAPE,
    KEY_ENTER,
    KEY_REDRAW, // Ctrl-L
    KEY_QUIT,   // Ctrl-C, or the terminal is gone
};

// Runs `work` in a child and returns its status. Whatever kills the child, the terminal is as before; a signal to
// this process is one to the child, and when one stops (Ctrl-Z), both do.
int terminal_guard(int (*work)(void *context), void *context);

struct terminal {
    int columns, rows;
    bool moves, colour;
    // private
    uv_tty_t input;
    uv_signal_t resized, stopped;
    void (*key)(void *context, int key);
    void (*redraw)(void *context);
    void *context;
    char buffer[256], pending[16];
    size_t pending_length;
    uv_timer_t escape;
};

// Within the work of terminal_guard. `redraw` is called when what is on the screen is lost, or its size is another.
// NULL, or why not (owned by the caller).
char *terminal_open(struct terminal *terminal, uv_loop_t *loop, void (*key)(void *context, int key),
                    void (*redraw)(void *context), void *context);
// Rows from the top; the rest of the screen becomes empty.
void terminal_draw(const struct terminal *terminal, const struct strings *rows);
void terminal_close(struct terminal *terminal);

#endif
