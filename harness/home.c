#include "home.h"

#include "text.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Beside the lessons that --lessons names, or else beside build/.
static char *desk_beside(const char *lessons, const char *build) {
    char *real = lessons ? realpath(lessons, NULL) : NULL;
    const char *beside = real ? real : lessons ? lessons : build, *slash = strrchr(beside, '/');
    char *desk =
        string_format("%.*s/.interleave", slash ? (int)(slash - beside) : 1, slash ? beside : ".");
    free(real);
    return desk;
}

char *home_open(struct home *home, const char *lessons, const char *keep) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return string_format("/proc/self/exe: %s; /proc must be mounted", strerror(errno));
    path[length] = '\0';
    home->executable = string_copy(path);
    *strrchr(path, '/') = '\0';
    home->linked = string_format("%s/linked", path);
    home->gate = string_format("%s/interleave-gate", path);
    home->cache = string_format("%s/cache", path);
    home->objects = string_format("%s/objects", path);
    home->lessons = lessons ? string_copy(lessons) : string_format("%s/../lessons", path);
    if (!lessons) {
        char *real = realpath(home->lessons, NULL);
        if (real) {
            free(home->lessons);
            home->lessons = real;
        }
    }
    home->desk = desk_beside(lessons, path);
    if (keep) {
        if (!directory_make(keep) || access(keep, W_OK | X_OK) != 0)
            return string_format("%s: %s; --keep needs a directory that can be written to", keep,
                                 strerror(errno));
        home->work = realpath(keep, NULL);
        return home->work ? NULL : string_format("%s: %s", keep, strerror(errno));
    }
    home->work = string_format("%s/work-XXXXXX", path);
    if (mkdtemp(home->work))
        return NULL;
    const char *temporary = getenv("TMPDIR");
    free(home->work);
    home->work =
        string_format("%s/interleave-XXXXXX", temporary && *temporary ? temporary : "/tmp");
    if (mkdtemp(home->work))
        return NULL;
    char *problem =
        string_format("%s: %s; make room or set TMPDIR to a directory that can be written to",
                      home->work, strerror(errno));
    free(home->work);
    home->work = NULL;
    return problem;
}

void home_close(struct home *home, const char *keep) {
    if (home->work && !keep)
        directory_remove(home->work);
    free(home->executable);
    free(home->linked);
    free(home->gate);
    free(home->lessons);
    free(home->cache);
    free(home->objects);
    free(home->desk);
    free(home->work);
    *home = (struct home){0};
}
