// The numbers of a box, in one place. They are far above what a lesson needs, and far below what hurts.
#ifndef INTERLEAVE_SIZES_H
#define INTERLEAVE_SIZES_H

#define MIB ((unsigned long long)1 << 20)

// Root's runs are made by this user. systemd's list of ids calls it unused, so nothing else on the machine is
// its to signal or to trace, and it is below 65536, where the maps of containers end.
#define BOX_UID 65533U

#define BOX_TASKS 1024ULL    // threads and processes
#define BOX_PROCESSES 256ULL // more are a fork bomb
#define BOX_DESCRIPTORS 1024ULL
#define BOX_FILE_SIZE (64 * MIB)

// Memory file systems.
#define BOX_SCRATCH (128 * MIB)
#define BOX_TEMPORARY (64 * MIB)
#define BOX_SHARED (16 * MIB) // /dev/shm
#define BOX_ALL_FILES (BOX_SCRATCH + BOX_TEMPORARY + BOX_SHARED)
#define BOX_INODES 20000ULL

// Handed over from the scratch directory.
#define BOX_KEPT_FILES 256U
#define BOX_KEPT_SIZE (64 * MIB)

// What the kernel's count of memory has beyond what is looked at: the files, the keeper, pages of the system's.
#define BOX_GROUP_MARGIN (BOX_ALL_FILES + 96 * MIB)

#define BOX_COMPILER_MEMORY (512 * MIB)
#define BOX_NATIVE_MEMORY (256 * MIB) // above the ceiling of its heap
#define BOX_TOOL_MEMORY (1024 * MIB)

#endif
