import { describeOnSqlite } from '../../kit/requirements.ts'
import { describeSample } from './describe-sample.ts'

// The databases have a file each, so that both can be at work at the same time.
describeOnSqlite('a platform that is killed anywhere', describeSample)
