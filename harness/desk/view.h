// What stands on the screen: a line on top, text that scrolls, and the keys below.
#ifndef INTERLEAVE_VIEW_H
#define INTERLEAVE_VIEW_H

#include "terminal.h"

struct view {
    char *text; // owned; set with view_set
    size_t top; // the first row of it that is shown
    // private
    size_t rows, room; // as last drawn
};

// `rewinds`: the reader begins at the top; otherwise stays where he is.
void view_set(struct view *view, const char *text, bool rewinds);
// Whether the key scrolls; the view is then to be drawn again.
bool view_scroll(struct view *view, int key);
void view_free(struct view *view);

// `keys` are lines, the longest first and NULL last: the first that fits is shown. Where the terminal cannot be drawn
// on, what is new is written below.
void view_draw(const struct terminal *terminal, struct view *view, const char *head,
               const char *const keys[]);

#endif
