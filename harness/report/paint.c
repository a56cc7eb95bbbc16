#include "paint.h"

#include "width.h"
#include "../text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *const codes[] = {"",         "\033[1m",  "\033[2m", "\033[31m",
                                    "\033[32m", "\033[33m", "\033[36m"};

static int told_width;
static enum colour_when told_colour;

void paint_as_told(int width, enum colour_when colour) {
    told_width = width;
    told_colour = colour;
}

struct painter painter_new(FILE *out) {
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool dumb = !terminal || strcmp(terminal, "dumb") == 0;
    struct painter painter = {.out = out, .width = 80};
    struct winsize size;
    painter.moves = isatty(fileno(out)) && !dumb;
    painter.colour = painter.moves && !(none && *none);
    if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        painter.width = size.ws_col < 100 ? size.ws_col : 100;
    if (told_width)
        painter.width = told_width;
    if (told_colour != COLOUR_AUTO)
        painter.colour = told_colour == COLOUR_ALWAYS;
    return painter;
}

void painted(const struct painter *painter, enum paint paint, const char *format, ...) {
    va_list list;
    va_start(list, format);
    if (painter->colour)
        fputs(codes[paint], painter->out);
    vfprintf(painter->out, format, list);
    if (painter->colour && paint != PLAIN)
        fputs("\033[0m", painter->out);
    va_end(list);
}

void wrapped_text(const struct painter *painter, const char *text, int indent, int column) {
    struct text printable = {0};
    text_add_printable(&printable, text, strlen(text));
    const char *at = printable.data ? printable.data : "";
    bool first = true;
    while (*at) {
        at += strspn(at, " \n\t");
        size_t length = strcspn(at, " \n\t");
        int room = painter->width - indent, wide = width_of(at, length);
        if (wide > room && room > 0) { // a word that is longer than a line is broken
            length =
                width_fit(at, first && painter->width > column ? painter->width - column : room);
            wide = width_of(at, length);
        }
        if (!first && column + 1 + wide > painter->width) {
            fprintf(painter->out, "\n%*s", indent, "");
            column = indent;
            first = true;
        }
        fprintf(painter->out, "%s%.*s", first ? "" : " ", (int)length, at);
        column += wide + !first;
        first = false;
        at += length;
    }
    fputc('\n', painter->out);
    text_free(&printable);
}
