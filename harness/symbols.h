// Addresses of a program under test in the words of its source: lines, functions, variables. By libdw.
#ifndef INTERLEAVE_SYMBOLS_H
#define INTERLEAVE_SYMBOLS_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct symbols;

// The executable as it lies in a process where `anchor_name` is at address `anchor`. Nothing is read before
// something is asked; when the file has no such symbol or cannot be read, nothing is known of any address.
// Release with symbols_close.
struct symbols *symbols_open(const char *executable, const char *anchor_name, uint64_t anchor);
void symbols_close(struct symbols *symbols);

struct location {
    char *file; // owned by whoever asked; NULL: not known
    char *function;
    int line;
    int column; // 0: not known
};
void location_free(struct location *location);

// The line that an address belongs to; for the line of a call, give its return address less one. False
// when that is not in the program's own source.
bool symbols_line(struct symbols *symbols, uint64_t address, struct location *location);

// The name of the function by the symbol table alone, for code without lines; NULL when it has none or
// belongs to another file than the executable. Owned by the caller.
char *symbols_function(struct symbols *symbols, uint64_t address);

// Where an address lies that is told as an offset into the executable.
uint64_t symbols_at_offset(struct symbols *symbols, uint64_t offset);

// "accounts[1].lock" for an address inside a variable with static storage; NULL when it is in none.
// Owned by the caller.
char *symbols_variable(struct symbols *symbols, uint64_t address);

// Whether a file named by debug information is the program's own: not of the system, and still there.
bool symbols_is_own_source(const char *file);
// From now on these are the program's own, where the files themselves are out of reach (in a sandbox). Their
// absolute names, and the directory that others are relative to; both are borrowed for ever.
void symbols_own_sources(const struct strings *names, const char *directory);

// Whether it is of the library that the lessons share (lessons/lib): what goes wrong there is told at the
// line that called it.
bool symbols_is_library(const char *file);

#endif
