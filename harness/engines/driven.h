// Where a schedule that a person drives stands, in the words of the program's source.
#ifndef INTERLEAVE_DRIVEN_H
#define INTERLEAVE_DRIVEN_H

#include "explored.h"

// Of the line {"hand": …} of the explorer's report (../explorer/driver/by_hand.h), owned by the caller:
//   {"end", "status", "signal", "expected", "output", "errors", "moves", "schedule",
//    "threads": [{"thread", "number", "does", "wait", "object", "object_kind", "value",
//                 "go", "time_out", "wake", "spins", "holder", "holder_line",
//                 "file", "line", "function", "held": [name …]}]}
// `output` and `errors` are printable; `threads` is empty unless the end is "asks".
json_t *driven_read(const struct explored *explored, const json_t *hand);

#endif
