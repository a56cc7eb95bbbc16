// What happens while programs are judged, one JSON object a line, for who shows it as it goes: `--format events`.
//   {"event":"compiles","program":NAME}
//   {"event":"engine","program":NAME,"engine":"tsan","outcome":"clean","schedule":WORD or null}   it has ended
//   {"event":"certain","program":NAME,"text":TEXT}   faulty, whatever the other engines say; what is known so far,
//                                                    again after each further engine
//   {"event":"verdict","program":NAME,"verdict":"faulty","text":TEXT,"schedule":WORD or null}
// TEXT is the report for a terminal, by --width and --color.
#ifndef INTERLEAVE_EVENTS_H
#define INTERLEAVE_EVENTS_H

#include "../road.h"
#include "report.h"

// Has the journey tell of itself. The process ends with its parent, who alone wants to know.
void events_begin(struct journey *journey, enum report_about about, const struct lesson *lesson);

#endif
