#include "evidence.h"

#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ALL_MOST = 1 << 20, FILE_MOST = 256 << 10 };

struct keeping {
    const char *to;
    size_t left;
};

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

// What is for people who look after the harness only.
static bool is_wanted(const char *name) {
    return *name != '.' && !string_ends(name, ".command") && strcmp(name, "settings") != 0 &&
           strcmp(name, "keeper.json") != 0;
}

// The regular files below a directory; their names begin with `prefix`.
static char *keep_tree(struct keeping *keeping, const char *directory, const char *prefix) {
    char *problem = NULL;
    FTS *walk =
        fts_open((char *const[]){(char *)directory, NULL}, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    for (FTSENT *entry; walk && !problem && keeping->left && (entry = fts_read(walk));) {
        if (entry->fts_info != FTS_F || !is_wanted(entry->fts_name))
            continue;
        char *name = string_format("%s%s", prefix, entry->fts_path + strlen(directory) + 1);
        problem = keep_file(keeping, entry->fts_path, name);
        free(name);
    }
    if (walk)
        fts_close(walk);
    return problem;
}

// "WORK/…/ENGINE/run-N" of the highest N, with what stands before it made by road_travel. Owned by the
// caller; NULL: it did not run.
static char *last_run(const char *work, const char *engine) {
    char *last = NULL;
    unsigned highest = 0;
    FTS *walk = fts_open((char *const[]){(char *)work, NULL}, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    for (FTSENT *entry; walk && (entry = fts_read(walk));) {
        unsigned number;
        if (entry->fts_info == FTS_D && entry->fts_level == 3 &&
            strcmp(entry->fts_parent->fts_name, engine) == 0 &&
            sscanf(entry->fts_name, "run-%u", &number) == 1 && number > highest) {
            highest = number;
            free(last);
            last = string_copy(entry->fts_path);
        }
        if (entry->fts_info == FTS_D && entry->fts_level == 3)
            fts_set(walk, entry, FTS_SKIP);
    }
    if (walk)
        fts_close(walk);
    return last;
}

char *evidence_keep(const struct verdict *verdict, const char *work, const char *exercise,
                    const char *to) {
    struct keeping keeping = {to, ALL_MOST};
    char *problem = keep_file(&keeping, exercise, "exercise.c");
    for (size_t i = 0; i < verdict->result_count && !problem; i++) {
        const struct engine_result *result = &verdict->results[i];
        char *run = result->outcome == OUTCOME_FAULTS ? last_run(work, result->engine->name) : NULL;
        char *prefix = string_format("%s/", result->engine->name);
        if (run)
            problem = keep_tree(&keeping, run, prefix);
        free(prefix);
        free(run);
    }
    return problem;
}

char *evidence_copy(const char *from, const char *to) {
    struct keeping keeping = {to, ALL_MOST};
    return keep_tree(&keeping, from, "");
}
