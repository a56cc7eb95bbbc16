#include "excerpt.h"

#include "../source.h"
#include "../text.h"

#include <stdlib.h>
#include <string.h>

enum { MARGIN = 9 }; // columns of "%6d | "

// Where the code of a line ends and blanks or a comment begin.
static size_t end_of_code(const char *line) {
    char quote = '\0';
    size_t end = 0;
    for (size_t i = 0; line[i]; i++) {
        if (quote) {
            if (line[i] == '\\' && line[i + 1])
                i++;
            else if (line[i] == quote)
                quote = '\0';
        } else if (line[i] == '"' || line[i] == '\'') {
            quote = line[i];
        } else if (line[i] == '/' && (line[i + 1] == '*' || line[i + 1] == '/') &&
                   end > source_indent(line)) {
            break;
        }
        if (!strchr(" \t\r", line[i]))
            end = i + 1;
    }
    return end;
}

// The column after the character at `c`, which stands at `column`.
static int next_column(char c, int column) {
    if (c == '\t')
        return column / 8 * 8 + 8;
    return column + (((unsigned char)c & 0xc0) != 0x80);
}

// The printable part of a line that fits.
struct shown {
    struct text code;
    size_t length;
    bool cut;
};

static bool show(const struct painter *painter, const char *file, int number, struct shown *shown) {
    char *line = source_line(file, number);
    if (!line)
        return false;
    *shown = (struct shown){0};
    text_add_printable(&shown->code, line, strlen(line));
    const char *code = shown->code.data ? shown->code.data : "";
    int column = MARGIN, last = MARGIN;
    for (size_t i = 0; code[i]; i++) {
        column = next_column(code[i], column);
        if (column >= painter->width)
            break;
        last = column;
        shown->length = i + 1;
    }
    while (shown->length && ((unsigned char)code[shown->length] & 0xc0) == 0x80)
        shown->length--; // not half a letter
    shown->cut = code[shown->length] && last < painter->width;
    free(line);
    return true;
}

static void write_code(const struct painter *painter, int number, const struct shown *shown) {
    painted(painter, DIM, "%6d | ", number);
    fprintf(painter->out, "%.*s%s\n", (int)shown->length, shown->code.data ? shown->code.data : "",
            shown->cut ? "…" : "");
}

bool excerpt_line(const struct painter *painter, const char *file, int number) {
    struct shown shown;
    if (!show(painter, file, number, &shown))
        return false;
    write_code(painter, number, &shown);
    text_free(&shown.code);
    return true;
}

bool excerpt_write(const struct painter *painter, const char *file, int number, enum paint carets) {
    struct shown shown;
    if (!show(painter, file, number, &shown))
        return false;
    const char *code = shown.code.data ? shown.code.data : "";
    size_t start = source_indent(code), end = end_of_code(code);
    write_code(painter, number, &shown);
    painted(painter, DIM, "       | ");
    for (size_t i = 0; i < shown.length && i < end; i++)
        if (i < start)
            fputc(code[i], painter->out);
        else if (code[i] == '\t')
            fputc('\t', painter->out);
        else if (((unsigned char)code[i] & 0xc0) != 0x80)
            painted(painter, carets, "^");
    fputc('\n', painter->out);
    text_free(&shown.code);
    return true;
}
