#include "width.h"

#include <string.h>

static size_t letter(const char *text, unsigned *code) {
    const unsigned char *bytes = (const unsigned char *)text;
    static const unsigned char marks[] = {0xf0, 0xe0, 0xc0};
    static const unsigned char masks[] = {0x07, 0x0f, 0x1f};
    *code = bytes[0];
    for (size_t i = 0; i < sizeof marks; i++) {
        if (bytes[0] < marks[i])
            continue;
        size_t length = 4 - i, at = 1;
        *code = bytes[0] & masks[i];
        for (; at < length && (bytes[at] & 0xc0) == 0x80; at++)
            *code = *code << 6 | (bytes[at] & 0x3f);
        return at;
    }
    return 1;
}

// From the tables of Unicode (EastAsianWidth W and F; combining marks), by their blocks.
static int columns_of(unsigned code) {
    static const struct {
        unsigned first, last;
        int columns;
    } ranges[] = {
        {0x0300, 0x036f, 0},   {0x200b, 0x200f, 0},   {0xfe00, 0xfe0f, 0},   {0x1100, 0x115f, 2},
        {0x231a, 0x231b, 2},   {0x2614, 0x2615, 2},   {0x26a1, 0x26a1, 2},   {0x2705, 0x2705, 2},
        {0x274c, 0x274c, 2},   {0x2753, 0x2757, 2},   {0x2e80, 0x303e, 2},   {0x3041, 0x33ff, 2},
        {0x3400, 0x4dbf, 2},   {0x4e00, 0x9fff, 2},   {0xa000, 0xa4cf, 2},   {0xac00, 0xd7a3, 2},
        {0xf900, 0xfaff, 2},   {0xfe30, 0xfe6f, 2},   {0xff00, 0xff60, 2},   {0xffe0, 0xffe6, 2},
        {0x1f300, 0x1f64f, 2}, {0x1f680, 0x1f6ff, 2}, {0x1f900, 0x1f9ff, 2}, {0x20000, 0x3fffd, 2},
    };
    if (code < 0x300)
        return 1;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return ranges[i].columns;
    return 1;
}

int width_of(const char *text, size_t bytes) {
    int columns = 0;
    unsigned code;
    for (size_t at = 0; at < bytes; at += letter(text + at, &code)) {
        letter(text + at, &code);
        columns += columns_of(code);
    }
    return columns;
}

size_t width_fit(const char *text, int columns) {
    size_t at = 0;
    unsigned code;
    while (text[at]) {
        size_t length = letter(text + at, &code);
        columns -= columns_of(code);
        if (columns < 0)
            break;
        at += length;
    }
    return at;
}
