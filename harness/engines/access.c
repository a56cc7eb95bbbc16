#include "access.h"

#include <stdlib.h>
#include <string.h>

const char access_shared[] = " for reading";
const char access_unordered[] = "nothing orders the two";

const char *const access_verbs[ACCESS_WAYS] = {
    [ACCESS_READS] = "reads",
    [ACCESS_WRITES] = "writes",
    [ACCESS_READS_ATOMICALLY] = "atomically reads",
    [ACCESS_WRITES_ATOMICALLY] = "atomically writes",
    [ACCESS_FREES] = "frees",
    [ACCESS_ALLOCATES] = "allocates",
    [ACCESS_USES] = "uses",
};

static const char *const participles[ACCESS_WAYS] = {
    [ACCESS_READS] = "read",
    [ACCESS_WRITES] = "written",
    [ACCESS_READS_ATOMICALLY] = "atomically read",
    [ACCESS_WRITES_ATOMICALLY] = "atomically written",
    [ACCESS_FREES] = "freed",
    [ACCESS_ALLOCATES] = "allocated",
    [ACCESS_USES] = "used",
};

static bool only_reads(const struct access *access) {
    return access->way == ACCESS_READS || access->way == ACCESS_READS_ATOMICALLY;
}

static int number_of(const char *thread) { // main, T1, T2 … T10
    return thread && *thread == 'T' ? atoi(thread + 1) : 0;
}

// What writes comes first, then in the order of the source, then of the threads.
static bool comes_before(const struct access *a, const struct access *b) {
    if (only_reads(a) != only_reads(b))
        return only_reads(b);
    int files = strcmp(a->file ? a->file : "", b->file ? b->file : "");
    if (files != 0)
        return files < 0;
    if (a->line != b->line)
        return a->line < b->line;
    return number_of(a->thread) < number_of(b->thread);
}

// " holding `a` and `b`", " with no lock held", or nothing.
static char *held_words(const struct access *access) {
    struct text words = {0};
    for (size_t i = 0; access->locks_known && i < access->locks.count; i++)
        text_add(&words, "%s%s", i ? " and " : " holding ", access->locks.items[i]);
    if (access->locks_known && !access->locks.count)
        text_add(&words, " with no lock held");
    return text_take(&words);
}

// "written by T1 at a.c:9 holding `lock`"
static bool add_words(struct text *sentence, const struct access *access) {
    char *held = held_words(access);
    text_add(sentence, "%s by %s", participles[access->way],
             access->thread ? access->thread : "a thread");
    if (access->file)
        text_add(sentence, " at %s:%d%s", path_base(access->file), access->line, held);
    else
        text_add(sentence, " somewhere outside the program's own source%s", held);
    bool long_one = *held != '\0';
    free(held);
    return long_one;
}

static void add_place(struct fault *fault, const struct access *access, const char *object) {
    if (!access->file)
        return;
    char *held = held_words(access);
    char *action = string_format("%s %s%s", access_verbs[access->way], object, held);
    struct place *place =
        fault_place(fault, access->file, access->line, access->function, access->thread, action);
    place->held_known = access->locks_known;
    for (size_t i = 0; access->locks_known && i < access->locks.count; i++)
        strings_add(&place->held, access->locks.items[i]);
    free(action);
    free(held);
}

void access_holds(struct access *access, const char *lock, bool shared) {
    strings_addf(&access->locks, "%s%s", lock, shared ? access_shared : "");
}

void access_race(struct fault *fault, const char *object, struct access pair[2],
                 const char *order) {
    if (comes_before(&pair[1], &pair[0])) {
        struct access first = pair[1];
        pair[1] = pair[0];
        pair[0] = first;
    }
    const char *name = object         ? object
                       : pair[0].name ? pair[0].name
                       : pair[1].name ? pair[1].name
                                      : "the same memory";
    struct text sentence = {0};
    text_add(&sentence, "%s is ", name);
    bool comma = add_words(&sentence, &pair[0]);
    text_add(&sentence, comma ? ", and " : " and ");
    add_words(&sentence, &pair[1]);
    text_add(&sentence, "; %s.", order);
    add_place(fault, &pair[0], name);
    add_place(fault, &pair[1], name);
    free(fault->message);
    fault->message = text_take(&sentence);
}

void access_late(struct fault *fault, const char *object, struct access pair[2]) {
    pair[0].locks_known = pair[1].locks_known = false;
    const char *name = object ? object : pair[0].name ? pair[0].name : "memory";
    struct text sentence = {0};
    text_add(&sentence, "%s is ", name);
    add_words(&sentence, &pair[0]);
    text_add(&sentence, " after it was ");
    add_words(&sentence, &pair[1]);
    text_add(&sentence, ".");
    add_place(fault, &pair[0], name);
    add_place(fault, &pair[1], object ? object : "the same memory");
    free(fault->message);
    fault->message = text_take(&sentence);
}

const char access_of_ended[] = "a local variable of a function or block that had ended by then";

void access_wrong(struct fault *fault, const char *object, struct access *access,
                  const char *wrong) {
    const char *name = object ? object : access->name ? access->name : "memory";
    access->locks_known = false;
    struct text sentence = {0};
    text_add(&sentence, "%s is ", name);
    add_words(&sentence, access);
    text_add(&sentence, ", %s.", wrong);
    add_place(fault, access, name);
    free(fault->message);
    fault->message = text_take(&sentence);
}

void access_free(struct access *access) {
    free(access->name);
    free(access->thread);
    free(access->file);
    free(access->function);
    strings_free(&access->locks);
    *access = (struct access){0};
}
