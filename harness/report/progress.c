#include "progress.h"

#include "paint.h"

#include <stdlib.h>
#include <string.h>

static bool shown;

void progress_show(void *context, const struct verdict *verdict, const char *doing, size_t done,
                   size_t all) {
    (void)context;
    struct painter painter = painter_new(stderr);
    if (!painter.moves)
        return;
    char *line = string_format("[%zu/%zu] %s: %s", done, all, verdict->program->name, doing);
    struct text printable = {0};
    text_add_line(&printable, line);
    fprintf(stderr, "\r\033[K%.*s", painter.width - 1, printable.data ? printable.data : "");
    fflush(stderr);
    text_free(&printable);
    free(line);
    shown = true;
}

void progress_clear(void) {
    if (shown)
        fputs("\r\033[K", stderr);
    fflush(stderr);
    shown = false;
}
