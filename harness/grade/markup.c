#include "markup.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

extern const char grade_page_head[];

void markup_text(struct text *page, const char *words) {
    struct text safe = {0};
    text_add_printable(&safe, words ? words : "", words ? strlen(words) : 0);
    for (const char *at = safe.data ? safe.data : ""; *at;) {
        size_t plain = strcspn(at, "&<>\"'");
        text_add_bytes(page, at, plain);
        at += plain;
        if (*at)
            text_add(page, "&#%d;", *at++);
    }
    text_free(&safe);
}

void markup_prose(struct text *page, const char *words) {
    while (words && *words) {
        size_t plain = strcspn(words, "`");
        const char *close = words[plain] ? strchr(words + plain + 1, '`') : NULL;
        size_t length = close ? plain : strlen(words);
        char *before = string_format("%.*s", (int)length, words);
        markup_text(page, before);
        free(before);
        words += length;
        if (!close)
            return;
        char *code = string_format("%.*s", (int)(close - words - 1), words + 1);
        text_add(page, "<code>");
        markup_text(page, code);
        text_add(page, "</code>");
        free(code);
        words = close + 1;
    }
}

void markup_name(struct text *page, const char *name) {
    char *line = losses_text(name, 1000);
    text_add(page, "<bdi>");
    markup_text(page, line);
    text_add(page, "</bdi>");
    free(line);
}

void markup_begin(struct text *page, const struct desk *desk, const char *title, bool wide,
                  bool unsafe) {
    text_add(page, "%s<title>", grade_page_head);
    markup_text(page, title);
    text_add(page, " - Interleave</title>\n</head>\n<body%s>\n", wide ? " class=\"wide\"" : "");
    if (unsafe || roll_unsafe(desk->roll)) {
        text_add(page, "<p class=\"alarm\" role=\"alert\">");
        markup_text(page, "UNSAFE: students' code was run without a sandbox. A program could have "
                          "changed any file of the grader's, this page too.");
        text_add(page, "</p>\n");
    }
}

void markup_end(struct text *page, const struct desk *desk) {
    text_add(page, "<footer>\n<p>");
    markup_text(page, desk->sandbox);
    text_add(page, "</p>\n<p>Points: ");
    markup_text(page, desk->scheme);
    text_add(page, "</p>\n<p>Harness <code>");
    markup_text(page, roll_text(desk->roll, "harness"));
    text_add(page, "</code></p>\n</footer>\n</body>\n</html>\n");
}

void markup_bar(struct text *page, long part, long whole, const char *kind) {
    long hundred = whole > 0 ? part * 1000 / whole : 0;
    text_add(page,
             "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
             "aria-hidden=\"true\"><rect class=\"all\" width=\"1000\" height=\"10\"/>"
             "<rect class=\"%s\" width=\"%ld\" height=\"10\"/></svg>",
             kind, hundred);
}

void markup_mark(struct text *page, enum mark mark) {
    text_add(page, "<span class=\"sign is-%s\" aria-hidden=\"true\">%s</span>",
             mark_words[mark].name, mark_words[mark].sign);
}

void markup_points(struct text *page, hundredths points) {
    char *words = points_words(points);
    text_add(page, "%s", words);
    free(words);
}

char *markup_page_of(const char *id) {
    // The overview has this name; no id has a plus in it.
    return string_format("%s%s.html", id, strcasecmp(id, "index") == 0 ? "+" : "");
}
