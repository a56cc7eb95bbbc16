// Judges one student's file for one lesson, in a process of its own, and writes its record. Started by the
// conductor as `interleave grade-pair SPEC`; what goes wrong is said on standard error.
//
// SPEC is JSON:
//   out, lessons      directories                 key, submission   of the worklist
//   lesson            number                      harness           fingerprint of the worklist
//   private           a directory, or null        seeds             an array
//   sandbox, unsafe   as in the worklist          work              an empty directory for this pair alone
//   objects           where objects of trusted sources are kept between pairs
//   last              there will be no other try: write that it could not be judged
//   keep              leave everything in `work`
#ifndef INTERLEAVE_PAIR_H
#define INTERLEAVE_PAIR_H

enum pair_end {
    PAIR_DONE = 0,
    PAIR_CANNOT = 2,  // an error of ours
    PAIR_FULL = 3,    // no room on a disk: nothing else can be judged either
    PAIR_CHANGED = 5, // the course or the harness is not that of the worklist any more
    PAIR_AGAIN = 4,   // a tool could not judge; another try may
};

// argv begins with SPEC. Returns how it ended, or 128 and the number of a signal.
int pair_run(int argc, char **argv);

#endif
