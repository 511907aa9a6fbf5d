import { Component, type ReactNode } from 'react'
import { Problem } from '../parts/problem.tsx'

interface Props {
  readonly children: ReactNode
}

/** What a page did not expect: said in its place, and everything around it goes on. */
export class Boundary extends Component<Props, { readonly error: Error | undefined }> {
  override state = { error: undefined }

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return <Problem error={error} retry={() => this.setState({ error: undefined })} />
  }
}
