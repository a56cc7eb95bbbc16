/* refused 2:__has_include */
#if __has_include("../../solutions/02-shared-counter/exercise.c")
int stolen;
#endif
