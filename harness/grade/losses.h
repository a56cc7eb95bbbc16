// Why points were lost: the faults of a record as a reader counts them, and what was refused.
#ifndef INTERLEAVE_LOSSES_H
#define INTERLEAVE_LOSSES_H

#include "roll.h"

enum {
    LOSSES_MOST = 12,       // of one pair; the rest is counted
    MESSAGE_LONGEST = 2000, // bytes
};

struct loss {
    enum fault_kind kind;
    enum check check;
    const struct fault *fault;  // borrowed from the judgement
    const struct fault *traced; // the same with the explorer's schedule, or NULL
    char *engines;              // "tsan and explore"
    char *message;              // printable, on one line
    bool hidden;                // of a private driver, told without what would give it away
};

struct turned_away {
    const char *file, *name; // borrowed from the record
    int line;
    char *message;
};

struct losses {
    struct loss items[LOSSES_MOST];
    size_t count, left_out;
    struct turned_away refusals[LOSSES_MOST];
    size_t refusal_count;
    struct faults judged[16]; // private
    size_t judged_count;
};

// `for_student`: nothing of private drivers is told but that, and which kind of fault, they found.
void losses_read(struct losses *losses, const struct pair *pair, bool for_student);
void losses_free(struct losses *losses);

// Whether a file of a record is the student's.
bool losses_own_file(const struct pair *pair, const char *file);
// What the file is called in a book: owned by the caller.
char *losses_file(const struct pair *pair, const char *file);
// The student's line that a loss is about, 0: none.
int losses_line(const struct pair *pair, const struct loss *loss);
// Why the whole pair has the mark it has, in a sentence or several; owned by the caller.
char *losses_why(const struct pair *pair);
// Printable, on one line, cut at `longest` bytes; owned by the caller. NULL gives "".
char *losses_text(const char *words, size_t longest);
// What a student reads about the losses of a check (CHECKS: of all): what, where, what it means, how such are
// repaired and how to see it again. At most so many bytes; owned by the caller, never NULL.
char *losses_words(const struct pair *pair, const struct losses *losses, enum check check,
                   size_t longest);
// The command that shows it again, owned by the caller; NULL: none is known.
char *losses_replay(const struct pair *pair, const struct loss *loss);

#endif
