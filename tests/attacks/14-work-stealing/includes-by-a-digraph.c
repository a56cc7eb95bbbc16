/* attack: the include is written with a digraph, and its name is broken over two lines */
/* verdict: refused compile-error */
%:inc\
lude "../../solutions/14-work-steal\
ing/exercise.c"
