#include "picture.h"

#include "gather.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern const char picture_page[];

static const char head_mark[] = "<!doctype html>\n<!-- interleave picture -->\n";
static const char data_mark[] = "@DATA@";

bool picture_has_schedules(const struct verdict *verdict) {
    const struct engine_result *explored = gather_explored(verdict);
    if (!explored || explored->outcome == OUTCOME_UNAVAILABLE)
        return false;
    for (size_t i = 0; i < verdict->faults.count; i++)
        if (json_array_size(json_object_get(verdict->faults.items[i].exploration, "trace")))
            return true;
    return json_array_size(json_object_get(explored->exploration, "tried")) ||
           json_array_size(json_object_get(explored->exploration, "trace"));
}

static bool is_picture(const char *path) {
    char head[sizeof head_mark - 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t got = fd >= 0 ? read(fd, head, sizeof head) : -1;
    if (fd >= 0)
        close(fd);
    return got == (ssize_t)sizeof head && memcmp(head, head_mark, sizeof head) == 0;
}

char *picture_refuse(const char *path) {
    struct stat status;
    if (!*path)
        return string_copy("--output wants the name of a file, such as --output picture.html");
    if (lstat(path, &status) != 0)
        return errno == ENOENT ? NULL
                               : string_format("%s: %s; name another file with --output", path,
                                               strerror(errno));
    if (!S_ISREG(status.st_mode))
        return string_format("%s: is not a regular file, so no picture is written there; name "
                             "another file with --output",
                             path);
    if (status.st_size && !is_picture(path))
        return string_format("%s: is there already and is not a picture of Interleave's, so it is "
                             "left alone; move it away or name another file with --output",
                             path);
    return NULL;
}

// As JSON within a script element: nothing in it can end the element, and nothing in it is more than text.
static void add_data(struct text *page, json_t *data) {
    char *json = json_dumps(data, JSON_COMPACT | JSON_ENSURE_ASCII);
    for (const char *at = json; *at;) {
        size_t plain = strcspn(at, "<");
        text_add_bytes(page, at, plain);
        at += plain;
        if (*at) {
            text_add(page, "\\u003c");
            at++;
        }
    }
    free(json);
}

char *picture_write(const char *path, const struct picture *picture,
                    const struct verdict *verdict) {
    char *problem = picture_refuse(path); // somebody may have written there meanwhile
    if (problem)
        return problem;
    const char *hole = strstr(picture_page, data_mark);
    json_t *data = gather(picture, verdict);
    struct text page = {0};
    text_add_bytes(&page, picture_page, (size_t)(hole - picture_page));
    add_data(&page, data);
    text_add(&page, "%s", hole + sizeof data_mark - 1);
    if (!file_write(path, page.data, page.length))
        problem = string_format("%s: %s; make room, or name another file with --output", path,
                                strerror(errno));
    text_free(&page);
    json_decref(data);
    return problem;
}
