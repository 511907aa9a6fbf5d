const addressPattern = /(https?:\/\/[^\s，。；）】"'<>]+)/u

/** Plain text in which web addresses can be opened. Everything else stays text. */
export function LinkedText({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(addressPattern).map((piece, place) =>
        place % 2 === 1 ? (
          <a key={place} href={piece} target="_blank" rel="noopener noreferrer">
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </>
  )
}
