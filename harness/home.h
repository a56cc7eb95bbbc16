// Where things lie: all paths follow from the place of the executable, build/interleave.
#ifndef INTERLEAVE_HOME_H
#define INTERLEAVE_HOME_H

struct home {
    char *executable; // of the harness
    char *gate;       // what looks at a student's file before it runs
    char *linked;     // directory of the objects that are linked beside programs
    char *lessons;
    char *cache;
    char *objects; // of drivers and libraries, kept between judgements
    char *desk;    // what a student has reached; beside the lessons, as `make clean` removes build/
    char *work;    // a directory of this run; everything in it is temporary unless --keep named it
};

// `keep` is a directory for the evidence, or NULL. On failure returns what, where and the remedy (owned
// by the caller), otherwise NULL.
char *home_open(struct home *home, const char *lessons, const char *keep);
// Removes the temporary directory.
void home_close(struct home *home, const char *keep);

#endif
