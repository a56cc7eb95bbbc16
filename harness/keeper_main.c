// interleave-keeper: the keeper alone. Each run of a program starts one or two of them, and the libraries that
// only the rest of the harness needs would take longer to load than many a program to run.
#include "keeper.h"

#include <string.h>

int main(int argc, char **argv) {
    return argc > 2 && strcmp(argv[1], "keeper") == 0 ? keeper_run(argc - 2, argv + 2) : 2;
}
