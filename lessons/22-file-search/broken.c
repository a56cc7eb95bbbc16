/*
 * Searches every *.md file below a directory for a word, several files at a time.
 *     file-search [WORD [DIRECTORY]]
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "lib/files.h"
#include "lib/pool.h"
#include "must.h"

enum { WORKERS = 3, BLOCK = 512, PROGRESS_STEP = 100 };

struct match {
    struct match *next;
    long line;
    char file[]; /* a copy of its path */
};

static struct {
    pthread_mutex_t lock; /* protects all below */
    struct match *first;
} matches = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const char *word = "lock"; /* these never change while there are workers */
static struct pool *pool;

static void matches_add(const char *file, long line) {
    struct match *match = must_alloc(malloc(sizeof *match + strlen(file) + 1)); /* fault: leak */
    match->line = line;
    strcpy(match->file, file);

    match->next = matches.first; /* fault: data-race */
    matches.first = match;       /* fault: data-race */
}

/* A zero byte in the first block gives a binary file away. Leaves the file at its beginning. */
static bool is_text(FILE *file) {
    char block[BLOCK];
    size_t length = fread(block, 1, sizeof block, file);
    rewind(file);
    return memchr(block, '\0', length) == NULL;
}

/* A job of the pool; the path belongs to it. */
static void search(void *argument) {
    char *path = argument, *line = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");

    if (file == NULL) {
        fprintf(stderr, "%s: %s; passed over\n", path, strerror(errno));
    } else if (is_text(file)) {
        for (long number = 1; getline(&line, &room, file) != -1; number++) {
            if (strstr(line, word) != NULL) {
                matches_add(path, number);
            }
        }
    }
    if (file != NULL) {
        must_errno(fclose(file));
    }
    free(line);
    free(path);
}

static int by_file_and_line(const void *a, const void *b) {
    const struct match *one = *(struct match *const *)a, *other = *(struct match *const *)b;
    int order = strcmp(one->file, other->file);
    return order != 0 ? order : (one->line > other->line) - (one->line < other->line);
}

/* The workers have ended, so no lock is needed. */
static void matches_print(void) {
    size_t count = 0, next = 0;
    for (const struct match *match = matches.first; match != NULL; match = match->next) {
        count++;
    }
    struct match **sorted = must_alloc(malloc((count + 1) * sizeof *sorted));
    for (struct match *match = matches.first; match != NULL; match = match->next) {
        sorted[next++] = match;
    }
    qsort(sorted, count, sizeof *sorted, by_file_and_line);
    for (size_t i = 0; i < count; i++) {
        printf("Match in %s at line %ld\n", sorted[i]->file, sorted[i]->line);
        free(sorted[i]);
    }
    free(sorted);
}

static void submit(char *path) {
    static size_t found; /* only main is here */
    if (++found % PROGRESS_STEP == 0 && isatty(STDERR_FILENO)) {
        fprintf(stderr, "\r%zu files", found);
    }
    pool_submit(pool, search, path);
}

int main(int count, char **arguments) {
    word = count > 1 ? arguments[1] : word;
    must_errno(chdir(count > 2 ? arguments[2] : "lessons"));

    pool = pool_create(WORKERS);
    files_find(".md", submit);
    pool_destroy(pool); /* returns when all jobs are done */
    if (isatty(STDERR_FILENO)) {
        fprintf(stderr, "\r           \r"); /* no progress any more */
    }
    matches_print();
    must(pthread_mutex_destroy(&matches.lock));
    return 0;
}
