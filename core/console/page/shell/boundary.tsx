import { Component, type ReactNode } from 'react'
import { Problem } from '../parts/problem.tsx'

interface Props {
  /** Where we are: what went wrong at one place is not said at another. */
  readonly path?: string
  readonly children: ReactNode
}

interface State {
  readonly path: string
  readonly error: Error | undefined
}

/** What a page did not expect: said in its place, and everything around it goes on. */
export class Boundary extends Component<Props, State> {
  override state: State = { path: this.props.path ?? '', error: undefined }

  static getDerivedStateFromError(error: Error): Pick<State, 'error'> {
    return { error }
  }

  static getDerivedStateFromProps({ path = '' }: Props, state: State): State | null {
    return path === state.path ? null : { path, error: undefined }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return <Problem error={error} retry={() => this.setState({ error: undefined })} />
  }
}
