// Writing for a terminal: colour where it is wanted, and text wrapped to its width.
#ifndef INTERLEAVE_PAINT_H
#define INTERLEAVE_PAINT_H

#include <stdbool.h>
#include <stdio.h>

enum paint { PLAIN, BOLD, DIM, RED, GREEN, YELLOW, CYAN };

struct painter {
    FILE *out;
    bool colour;
    bool moves; // the terminal understands escape sequences
    int width;
};

// What the command line says goes before what the terminal is; 0 columns: as wide as the terminal.
enum colour_when { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };
void paint_as_told(int width, enum colour_when colour);

// Colour when `out` is a terminal and neither NO_COLOR is set nor TERM is "dumb".
struct painter painter_new(FILE *out);
void painted(const struct painter *painter, enum paint paint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// Writes `text` wrapped at blanks; every line but the first is indented. `column` is where the first
// line already stands. Ends the line. What is not printable is replaced.
void wrapped_text(const struct painter *painter, const char *text, int indent, int column);

#endif
