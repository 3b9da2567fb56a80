/**
 * What every command that asks an engine of admission loads anyway. Imported for its place alone, for
 * the reason that core.ts states: the engines in one chunk start faster than in ten.
 */
import './core.ts';
import '../admission/judge/entry.ts';
import '../admission/judge/judge.ts';
import '../admission/judge/collect.ts';
import '../admission/judge/equal-pods.ts';
import '../admission/judge/words.ts';
import '../admission/coverage.ts';
import '../admission/label-sync.ts';
import '../admission/matrix.ts';
import '../admission/changes.ts';
import '../admission/need/psa-need.ts';
import '../admission/need/scc-need.ts';
import '../admission/target.ts';
import './admit-judged.ts';
import './admit-pod.ts';
import './admit-setup.ts';
import './admit-tallies.ts';
