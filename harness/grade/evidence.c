#include "evidence.h"

#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ALL_MOST = 1 << 20, FILE_MOST = 256 << 10 };

struct keeping {
    const char *work, *to;
    size_t left;
};

// "ENGINE/run-N/REPORT"; NULL when the file is none of these.
static char *name_of(const char *path) {
    const char *base = path_base(path);
    const char *run = base - 1;
    while (run > path && run[-1] != '/')
        run--;
    const char *engine = run - 1;
    while (engine > path && engine[-1] != '/')
        engine--;
    bool wanted = string_starts(run, "run-") && !string_ends(base, ".command") &&
                  strcmp(base, "settings") != 0 && strcmp(base, "keeper.json") != 0 && *base != '.';
    return wanted ? string_copy(engine) : NULL;
}

static char *keep_file(struct keeping *keeping, const char *path, const char *name) {
    char bytes[65536];
    struct text text = {0};
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    size_t most = keeping->left < FILE_MOST ? keeping->left : FILE_MOST;
    ssize_t got = 0;
    while (fd >= 0 && text.length < most && (got = read(fd, bytes, sizeof bytes)) > 0)
        text_add_bytes(&text, bytes,
                       (size_t)got < most - text.length ? (size_t)got : most - text.length);
    if (fd >= 0)
        close(fd);
    char *target = string_format("%s/%s", keeping->to, name);
    char *problem = text.length ? store_write(target, text.data, text.length) : NULL;
    keeping->left -= text.length;
    free(target);
    text_free(&text);
    return problem;
}

static int by_name(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

char *evidence_keep(const char *work, const char *exercise, const char *to) {
    struct keeping keeping = {work, to, ALL_MOST};
    char *problem = keep_file(&keeping, exercise, "exercise.c");
    FTS *walk = fts_open((char *const[]){(char *)work, NULL}, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    for (FTSENT *entry; walk && !problem && keeping.left && (entry = fts_read(walk));) {
        char *name = entry->fts_info == FTS_F ? name_of(entry->fts_path) : NULL;
        if (name)
            problem = keep_file(&keeping, entry->fts_path, name);
        free(name);
    }
    if (walk)
        fts_close(walk);
    return problem;
}
