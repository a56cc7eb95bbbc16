#include "box.h"

#include "sizes.h"
#include "order.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *absolute(const char *path, const char *here) {
    return *path == '/' ? string_copy(path) : string_format("%s/%s", here, path);
}

static json_t *list_of(const struct strings *names, const char *here) {
    json_t *list = json_array();
    for (size_t i = 0; i < names->count; i++) {
        char *path = here ? absolute(names->items[i], here) : string_copy(names->items[i]);
        json_array_append_new(list, order_bytes(path));
        free(path);
    }
    return list;
}

json_t *box_order(const struct box *box, const char *executable, const char *group,
                  double seconds) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        strcpy(here, "/");
    char *scratch = absolute(box->scratch, here);
    // Above what the allowed time can cost: only what has escaped every other limit meets it.
    double processor = ceil(seconds + 20) * (double)(processors > 0 ? processors : 1);
    json_t *order = json_pack("{s:i, s:o, s:o, s:o, s:o, s:I, s:b, s:b}", "level",
                              (int)box->sandbox->level, "here", order_bytes(here), "scratch",
                              order_bytes(scratch), "shown", list_of(&box->shown, here), "kept",
                              list_of(&box->kept, NULL), "processor", (json_int_t)processor,
                              "explores", (int)box->explores, "in_place", (int)box->in_place);
    if (box->sandbox->bubblewrap)
        json_object_set_new(order, "bubblewrap", order_bytes(box->sandbox->bubblewrap));
    if (box->own.count)
        json_object_set_new(order, "own", list_of(&box->own, here));
    if (executable && *executable)
        json_object_set_new(order, "executable", order_bytes(executable));
    if (group)
        json_object_set_new(order, "group", order_bytes(group));
    free(scratch);
    return order;
}

void box_free(struct box *box) {
    strings_free(&box->shown);
    strings_free(&box->kept);
    strings_free(&box->own);
}

// Only directories that are there in the box, too.
static char *path_within(const char *path) {
    struct text within = {0};
    while (path && *path) {
        size_t length = strcspn(path, ":");
        if (string_starts(path, "/usr/") || string_starts(path, "/bin") ||
            string_starts(path, "/sbin"))
            text_add(&within, "%s%.*s", within.length ? ":" : "", (int)length, path);
        path += length + (path[length] == ':');
    }
    if (!within.length)
        text_add(&within, "/usr/local/bin:/usr/bin:/bin");
    return text_take(&within);
}

void box_environment(const struct box *box, struct strings *environment) {
    const char *own = box->sandbox->level == SANDBOX_LANDLOCK ? box->scratch : "/tmp";
    struct strings changed = {0};
    char *path = path_within(getenv("PATH"));
    strings_addf(&changed, "PATH=%s", path);
    strings_addf(&changed, "HOME=%s", own);
    strings_addf(&changed, "TMPDIR=%s", own);
    free(path);
    for (size_t i = 0; i < environment->count; i++) {
        const char *item = environment->items[i];
        if (!string_starts(item, "PATH=") && !string_starts(item, "HOME=") &&
            !string_starts(item, "TMPDIR="))
            strings_add(&changed, item);
    }
    strings_free(environment);
    *environment = changed;
}
