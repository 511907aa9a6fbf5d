import { describeOnMysql } from '../../kit/requirements.ts'
import { describeSample } from './describe-sample.ts'

describeOnMysql('a platform that is killed anywhere', describeSample)
