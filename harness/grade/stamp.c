#include "stamp.h"

#include "../desk/shipped.h"
#include "../digest.h"
#include "../toolchain.h"

#include <dirent.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Of the record's form: a change of it makes all verdicts new.
enum { FORM = 1 };

static void add_file(struct text *text, const char *name, const char *path) {
    char *digest = digest_file(path);
    text_add(text, "%s %s\n", name, digest ? digest : "-");
    free(digest);
}

char *stamp_harness(const struct home *home) {
    struct text text = {0};
    struct strings objects = {0};
    add_file(&text, "harness", home->executable);
    add_file(&text, "gate", home->gate);
    char *keeper = string_format("%.*sinterleave-keeper",
                                 (int)(path_base(home->executable) - home->executable),
                                 home->executable);
    add_file(&text, "keeper", keeper);
    free(keeper);
    toolchain_linked(&objects);
    for (size_t i = 0; i < objects.count; i++) {
        char *path = string_format("%s/%s", home->linked, objects.items[i]);
        add_file(&text, objects.items[i], path);
        free(path);
    }
    strings_free(&objects);
    for (const char *const *tool =
             (const char *const[]){toolchain_compiler(), "valgrind", "ld", NULL};
         *tool; tool++) {
        char *identity = toolchain_identity(*tool);
        text_add(&text, "%s: %s\n", *tool, identity ? identity : "missing");
        free(identity);
    }
    char *digest = digest_bytes(text.data, text.length);
    text_free(&text);
    return digest;
}

static int by_name(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

// Of the folder of a lesson: the student's own file and the text for reading do not matter.
static bool matters(const char *name) {
    return !string_starts(name, "exercise.c") && !string_ends(name, ".md") && *name != '.';
}

static void add_directory(struct text *text, char *path, int depth) {
    FTS *walk = fts_open((char *const[]){path, NULL}, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    for (FTSENT *entry; walk && (entry = fts_read(walk));) {
        if (entry->fts_info == FTS_F && matters(entry->fts_name))
            add_file(text, entry->fts_path + strlen(path), entry->fts_path);
        if (entry->fts_info == FTS_D && entry->fts_level >= depth)
            fts_set(walk, entry, FTS_SKIP);
    }
    if (walk)
        fts_close(walk);
}

static int by_word(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void stamp_private(const struct terms *terms, const struct lesson *lesson,
                   struct strings *drivers) {
    char *path = terms->private ? string_format("%s/%s", terms->private, lesson->slug) : NULL;
    DIR *entries = path ? opendir(path) : NULL;
    for (struct dirent *entry; entries && (entry = readdir(entries));)
        if (*entry->d_name != '.' && string_ends(entry->d_name, ".c"))
            strings_addf(drivers, "%s/%s", path, entry->d_name);
    if (entries)
        closedir(entries);
    if (drivers->count)
        qsort(drivers->items, drivers->count, sizeof *drivers->items, by_word);
    free(path);
}

char *stamp_lesson(const struct terms *terms, const char *harness, const struct lesson *lesson) {
    struct text text = {0};
    struct strings drivers = {0};
    text_add(&text, "%d %s %d %s %d\n", FORM, harness, lesson->number, terms->sandbox,
             terms->unsafe);
    for (size_t i = 0; i < terms->seed_count; i++)
        text_add(&text, "seed %u\n", terms->seeds[i]);
    add_directory(&text, lesson->directory, 8);
    char *library = string_format("%s/lib", terms->home->lessons), *shipped = shipped_path(lesson);
    add_directory(&text, terms->home->lessons, 1); // the headers of all
    add_directory(&text, library, 8);
    add_file(&text, "shipped", shipped);
    stamp_private(terms, lesson, &drivers);
    for (size_t i = 0; i < drivers.count; i++)
        add_file(&text, "private", drivers.items[i]);
    char *digest = digest_bytes(text.data, text.length);
    strings_free(&drivers);
    free(library);
    free(shipped);
    text_free(&text);
    return digest;
}

char *stamp_key(const char *lesson_stamp, const char *submission) {
    char *both = string_format("%s %s", lesson_stamp, submission);
    char *key = digest_bytes(both, strlen(both));
    free(both);
    return key;
}
