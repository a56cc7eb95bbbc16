// The confinement of one child: who starts it states what it may touch (struct box), process.c passes that on as
// JSON, and the started process confines itself by it before anything of a stranger runs.
//
// The order of things, at the levels with namespaces:
//   box_order    the harness: what the child gets, as JSON
//   box_enter    the started process: gives up its rights, opens what is shown, becomes bubblewrap
//   cell_open    the keeper, by now process 1 of the box: fetches the files of the scratch directory
//   cell_confine the program to be, just before exec: limits, system calls
//   cell_close   the keeper, when nobody else is left: hands the files over
// Without namespaces box_enter returns, and the same process goes on as the keeper.
#ifndef INTERLEAVE_BOX_H
#define INTERLEAVE_BOX_H

#include "sandbox.h"

#include <jansson.h>

struct box {
    const struct sandbox *sandbox; // NULL: no confinement
    const char *
        scratch; // our directory; the child works in one of that name, and what it leaves is copied here
    struct strings
        shown; // files and directories that it may read, under their own names; taken over
    struct strings kept; // the names that are copied; none: all files, within limits. Taken over
    struct strings own;  // the program's sources, which the keeper knows by name only; taken over
    bool in_place;       // names are relative to our working directory
    bool explores;       // the explorer, which keeps the program's output in files without a name
};

enum { BOX_LEASH = 4 }; // descriptor whose end tells the keeper to stop

// For process.c. `executable` is the program's, or NULL; `group` that of the child (group.h), or NULL.
json_t *box_order(const struct box *box, const char *executable, const char *group, double seconds);
void box_free(struct box *box);
// What the child is to find in its environment in place of ours.
void box_environment(const struct box *box, struct strings *environment);

// For the keeper. `spec` is the keeper's (keeper.h), its command begins with argv[1]. At the levels with
// namespaces it returns only when something went wrong. NULL, or what (owned by the caller).
char *box_enter(json_t *spec, char **argv);

// The keeper's side. NULL, or what went wrong (owned by the caller).
char *cell_open(const json_t *order);
// The program's sources, by absolute names, and the directory in which they were compiled (owned by the caller).
char *cell_sources(const json_t *order, struct strings *names);
// Returns what could not be done, or NULL; errno says why.
const char *cell_confine(const json_t *order);
// Is there more in the files of the box than it has room for?
bool cell_is_full(const json_t *order);
char *cell_close(const json_t *order);

#endif
