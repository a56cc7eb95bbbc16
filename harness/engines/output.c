#include "output.h"

#include <stdlib.h>
#include <string.h>

struct lines {
    struct line {
        const char *data;
        size_t length;
    } * items;
    size_t count;
};

static int compare_lines(const void *a, const void *b) {
    const struct line *left = a, *right = b;
    size_t common = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->data, right->data, common);
    return order ? order : (left->length > right->length) - (left->length < right->length);
}

static struct lines split(const char *data, size_t length, bool sorted) {
    struct lines lines = {0};
    for (size_t at = 0; at < length;) {
        const char *end = memchr(data + at, '\n', length - at);
        size_t size = end ? (size_t)(end - data) - at : length - at;
        lines.items = memory_resize(lines.items, lines.count + 1, sizeof *lines.items);
        lines.items[lines.count++] = (struct line){data + at, size};
        at += size + 1;
    }
    if (sorted && lines.count)
        qsort(lines.items, lines.count, sizeof *lines.items, compare_lines);
    return lines;
}

static char *shown(const struct line *line) {
    struct text text = {0};
    text_add(&text, "\"");
    text_add_printable(&text, line->data, line->length < 60 ? line->length : 60);
    text_add(&text, "%s\"", line->length > 60 ? "…" : "");
    return text_take(&text);
}

char *output_difference(const struct program *program, const struct text *printed) {
    if (!program->expected_output)
        return NULL;
    struct lines want =
        split(program->expected_output, program->expected_length, program->any_order);
    struct lines have =
        split(printed->data ? printed->data : "", printed->length, program->any_order);
    char *difference = NULL;
    for (size_t i = 0; !difference && (i < want.count || i < have.count); i++) {
        if (i < want.count && i < have.count && compare_lines(&want.items[i], &have.items[i]) == 0)
            continue;
        char *expected = i < want.count ? shown(&want.items[i]) : string_copy("the end");
        char *got = i < have.count ? shown(&have.items[i]) : string_copy("the end");
        difference = string_format("it should print %s, but prints %s (line %zu%s)", expected, got,
                                   i + 1, program->any_order ? ", sorted" : "");
        free(expected);
        free(got);
    }
    free(want.items);
    free(have.items);
    return difference;
}
