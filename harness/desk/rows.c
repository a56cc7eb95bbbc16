#include "rows.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>

enum { TAB = 8 };

struct writer {
    struct strings *rows;
    struct text row, colours; // the colours that are on at this place
    int column, columns;
    bool colour;
};

static void end_row(struct writer *writer) {
    if (writer->colours.length)
        text_add(&writer->row, "\033[0m");
    strings_add(writer->rows, writer->row.data ? writer->row.data : "");
    writer->row.length = 0;
    text_add_bytes(&writer->row, writer->colours.data, writer->colours.length);
    writer->column = 0;
}

static void add_cells(struct writer *writer, const char *bytes, size_t count, int wide) {
    if (writer->column + wide > writer->columns && writer->column)
        end_row(writer);
    text_add_bytes(&writer->row, bytes, count);
    writer->column += wide;
}

// At an Escape: the length of the sequence.
static size_t sequence_length(const char *at) {
    if (at[1] != '[')
        return at[1] ? 2 : 1;
    size_t length = 2;
    while (at[length] && (at[length] < 0x40 || at[length] > 0x7e))
        length++;
    return at[length] ? length + 1 : length;
}

static void add_sequence(struct writer *writer, const char *at, size_t length) {
    bool paints =
        length > 2 && at[length - 1] == 'm' && strspn(at + 2, "0123456789;") == length - 3;
    if (!paints || !writer->colour)
        return;
    text_add_bytes(&writer->row, at, length);
    if (length == 3 || strncmp(at, "\033[0m", 4) == 0)
        writer->colours.length = 0;
    else
        text_add_bytes(&writer->colours, at, length);
}

static size_t add_character(struct writer *writer, const char *at) {
    wchar_t character;
    mbstate_t state = {0};
    size_t length = mbrtowc(&character, at, strlen(at), &state);
    if (length == (size_t)-1 || length == (size_t)-2) {
        add_cells(writer, "?", 1, 1);
        return 1;
    }
    int wide = wcwidth(character);
    if (wide >= 0)
        add_cells(writer, at, length, wide);
    return length;
}

void rows_add(struct strings *rows, const char *text, int columns, bool colour) {
    struct writer writer = {.rows = rows, .columns = columns, .colour = colour};
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    locale_t before = uselocale(utf8);
    while (*text) {
        size_t length = 1;
        if (*text == '\n')
            end_row(&writer);
        else if (*text == '\033')
            add_sequence(&writer, text, length = sequence_length(text));
        else if (*text == '\t')
            do
                add_cells(&writer, " ", 1, 1);
            while (writer.column % TAB && writer.column < columns);
        else
            length = add_character(&writer, text);
        text += length;
    }
    if (writer.column)
        end_row(&writer);
    uselocale(before);
    if (utf8)
        freelocale(utf8);
    text_free(&writer.row);
    text_free(&writer.colours);
}
