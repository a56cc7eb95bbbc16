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

void excerpt_write(const struct painter *painter, const char *file, int number, enum paint carets) {
    char *line = source_line(file, number);
    if (!line)
        return;
    struct text printable = {0};
    text_add_printable(&printable, line, strlen(line));
    const char *code = printable.data ? printable.data : "";
    size_t start = source_indent(code), end = end_of_code(code), shown = 0;
    int column = MARGIN, last = MARGIN;
    for (size_t i = 0; code[i]; i++) {
        column = next_column(code[i], column);
        if (column >= painter->width)
            break;
        last = column;
        shown = i + 1;
    }
    while (shown && ((unsigned char)code[shown] & 0xc0) == 0x80)
        shown--; // not half a letter
    painted(painter, DIM, "%6d | ", number);
    fprintf(painter->out, "%.*s%s\n", (int)shown, code,
            code[shown] && last < painter->width ? "…" : "");
    painted(painter, DIM, "       | ");
    for (size_t i = 0; i < shown && i < end; i++)
        if (i < start)
            fputc(code[i], painter->out);
        else if (code[i] == '\t')
            fputc('\t', painter->out);
        else if (((unsigned char)code[i] & 0xc0) != 0x80)
            painted(painter, carets, "^");
    fputc('\n', painter->out);
    text_free(&printable);
    free(line);
}
