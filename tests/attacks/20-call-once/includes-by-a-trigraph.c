/* attack: the include is written with a trigraph and a comment */
/* verdict: refused compile-error */
/**/??=/* */include /**/ "../../solutions/20-call-once/exercise.c"
