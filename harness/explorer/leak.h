// Blocks that nothing points to when the program ends.
#ifndef INTERLEAVE_LEAK_H
#define INTERLEAVE_LEAK_H

// The program ends in the calling thread: what its stack holds from the caller's frame on is still in use.
void leak_stands_here(void);

// Reports a leak for each place whose blocks are lost.
void leak_look(void);

#endif
